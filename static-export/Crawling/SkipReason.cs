namespace StaticExport.Crawling;

/// <summary>Why a URL on the site's hosts is not in the snapshot.</summary>
internal enum SkipReason
{
    Excluded,
    NotIncluded,

    /// <summary>An edge would refuse the request target.</summary>
    BadTarget,

    /// <summary>A link that is no URL.</summary>
    Malformed,

    TooDeep,

    /// <summary>Linked only from pages that don't exist, which link to pages that don't exist …</summary>
    OnlyFromGonePages,

    TooManyRedirects,

    /// <summary>The crawl ended before its turn.</summary>
    Stopped,
}
