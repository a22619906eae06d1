namespace EdgeHost.AccessLogs;

/// <summary>Bytes of a line, and what they were made of.</summary>
internal sealed class LinePart<TSource>
    where TSource : struct, IEquatable<TSource>
{
    private TSource source;
    private byte[] bytes = [];
    private int length;

    /// <summary>The bytes; none where they would be others.</summary>
    public ReadOnlySpan<byte> Of(in TSource wanted) => length > 0 && source.Equals(wanted) ? bytes.AsSpan(0, length) : [];

    public void Keep(in TSource made, ReadOnlySpan<byte> from)
    {
        if (bytes.Length < from.Length)
        {
            bytes = new byte[from.Length];
        }

        from.CopyTo(bytes);
        (source, length) = (made, from.Length);
    }
}
