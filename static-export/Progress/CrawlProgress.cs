using System.Collections.Immutable;
using StaticExport.Crawling;

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

    public void Finished(string url, Visit visit, int waiting) => Change(view => view with
    {
        Current = view.Current.Remove(url),
        Done = view.Done + 1,
        Failed = view.Failed + (visit.Failure is null ? 0 : 1),
        Waiting = waiting,
        Bytes = view.Bytes + (visit.Answer?.Body?.Length ?? 0),
        LastFailure = visit.Failure is null ? view.LastFailure : $"{url}: {visit.Failure.Detail}",
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

/// <summary>An export at one moment.</summary>
internal sealed record ProgressView
{
    public string Phase { get; init; } = "Starting";

    public int Done { get; init; }

    public int Waiting { get; init; }

    public int Failed { get; init; }

    public long Bytes { get; init; }

    public string? LastFailure { get; init; }

    public ImmutableList<string> Current { get; init; } = [];

    public int PublishDone { get; init; }

    public int PublishTotal { get; init; }
}
