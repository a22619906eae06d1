namespace EdgeHost.Snapshots;

/// <summary>Where a body's bytes are: in memory, or, of a large one, in a file. In neither where they can't be had, or where nobody wants them.</summary>
internal readonly record struct BodySource(byte[]? Content, string? File)
{
    public bool IsNowhere => Content is null && File is null;
}
