namespace StaticExport.Crawling;

/// <summary>Why a crawl ended before it had asked for every URL.</summary>
internal enum StopReason
{
    MaxPages,
    MaxBytes,
    MaxTime,

    /// <summary>Several pages in a row without any answer.</summary>
    OriginGone,

    /// <summary>Many pages in a row failed.</summary>
    OriginFailing,

    /// <summary>The home page failed: whatever else the origin has, it is not this website.</summary>
    HomePageFailed,
}
