using System.Globalization;

namespace EdgeHost.Snapshots;

/// <summary>Bytes of a body, both ends included.</summary>
internal readonly record struct ByteRange(long First, long Last)
{
    public long Length => Last - First + 1;

    /// <summary>As <c>Content-Range</c> has it (RFC 9110 §14.4).</summary>
    public string Of(long length) => string.Create(CultureInfo.InvariantCulture, $"bytes {First}-{Last}/{length}");
}
