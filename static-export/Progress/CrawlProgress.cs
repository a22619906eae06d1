namespace StaticExport.Progress;

/// <summary>How far an export is: the crawl writes it, a display reads it now and then.</summary>
internal sealed class CrawlProgress
{
    private readonly Lock gate = new();
    private ProgressView now = new();

    public ProgressView Now
    {
        get
        {
            lock (gate)
            {
                return now;
            }
        }
    }

    public void Phase(string name) => Change(view => view with { Phase = name });

    public void Started(string url) => Change(view => view with { Current = view.Current.Add(url) });

    public void Finished(string url, long bytes, string? failure, int waiting) => Change(view => view with
    {
        Current = view.Current.Remove(url),
        Done = view.Done + 1,
        Failed = view.Failed + (failure is null ? 0 : 1),
        Waiting = waiting,
        Bytes = view.Bytes + bytes,
        LastFailure = failure is null ? view.LastFailure : $"{url}: {failure}",
    });

    public void Published(string step, int done, int total) => Change(view => view with { Phase = step, PublishDone = done, PublishTotal = total, Current = [] });

    private void Change(Func<ProgressView, ProgressView> change)
    {
        lock (gate)
        {
            now = change(now);
        }
    }
}
