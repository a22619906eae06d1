namespace StaticExport.Comparing;

/// <summary>How an answer stands to the entry of the active snapshot.</summary>
internal enum EntryChange
{
    /// <summary>The active snapshot has no such entry.</summary>
    New,

    /// <summary>Its body is another one.</summary>
    Changed,

    /// <summary>Its body is the same.</summary>
    Same,

    /// <summary>It differs only in what the site's volatile patterns match: the earlier entry stays.</summary>
    Kept,
}
