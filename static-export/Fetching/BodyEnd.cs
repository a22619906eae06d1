namespace StaticExport.Fetching;

/// <summary>What a body's last bytes say about whether it is whole.</summary>
internal enum BodyEnd
{
    /// <summary>It ends as its format ends.</summary>
    Whole,

    /// <summary>It does not.</summary>
    Cut,

    /// <summary>The format has no end of its own (CSS, JavaScript, text).</summary>
    Unknown,
}
