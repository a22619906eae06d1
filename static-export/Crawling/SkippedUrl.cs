namespace StaticExport.Crawling;

/// <param name="Url">The key, or the text of a malformed link.</param>
/// <param name="Reason">Why it is not in the snapshot.</param>
/// <param name="Detail">The pattern, the bound or the fault.</param>
/// <param name="FoundOn">Where the first link to it stood.</param>
internal sealed record SkippedUrl(string Url, SkipReason Reason, string? Detail, string FoundOn);
