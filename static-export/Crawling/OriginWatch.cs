using StaticExport.Fetching;

namespace StaticExport.Crawling;

/// <summary>Notices that the origin dies while it is crawled, so that a crawl of thousands of pages doesn't wait for each of them to fail. No IO.</summary>
internal sealed class OriginWatch
{
    /// <summary>Each of them has been tried again with pauses.</summary>
    public const int MostSilent = 5;

    public const int MostFailed = 25;

    private int silent;
    private int failed;

    public StopReason? Saw(FetchFailure? failure)
    {
        if (failure is null)
        {
            silent = failed = 0;
            return null;
        }

        failed++;
        silent = failure.IsSilence ? silent + 1 : 0;
        return silent >= MostSilent ? StopReason.OriginGone : failed >= MostFailed ? StopReason.OriginFailing : null;
    }
}
