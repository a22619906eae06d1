using EdgeHost.Clients;
using EdgeHost.Evidence;
using EdgeHost.Health;
using EdgeHost.Snapshots;
using EdgeHost.SnapshotStore.Manifests;

namespace EdgeHost.Requests;

/// <summary>
/// One request at the origin: what it proves, and the place that it takes there. Where it takes one, both are settled as soon as its answer begins: how fast a visitor
/// reads neither holds the place nor puts off the news.
/// </summary>
/// <param name="request">The request.</param>
/// <param name="isCovered">Whether the snapshot could answer as well, so that it says something about the site.</param>
/// <param name="health">Who is told.</param>
/// <param name="release">Gives the place back; null where there is none.</param>
/// <param name="startedAt">When it was sent.</param>
internal sealed class LiveAttempt(EdgeRequest request, bool isCovered, HealthEvents health, Action? release, long startedAt) : IDisposable
{
    private Action? release = release;
    private bool isTold;

    /// <summary>The answer has begun.</summary>
    public void Begun(OriginFailure failure, int status)
    {
        Tell(failure, status);
        Dispose();
    }

    /// <summary>It is over, and was not the client's to end.</summary>
    public void Ended(OriginFailure failure, int status)
    {
        if (!isTold || failure != OriginFailure.None)
        {
            Tell(failure, status);
        }
    }

    /// <summary>Gives the place back.</summary>
    public void Dispose() => Interlocked.Exchange(ref release, null)?.Invoke();

    private void Tell(OriginFailure failure, int status)
    {
        isTold = true;
        var headers = request.Context.Request.Headers;
        var mayWaitForClient = headers.ContentLength > 0 || headers.TransferEncoding.Count > 0;
        if (!failure.IsEvidence(request.IsRead, isCovered) || (mayWaitForClient && failure != OriginFailure.None && !failure.IsConnectionLevel()))
        {
            // A client that withholds what it has announced lets an answer wait.
            return;
        }

        var entry = request.Found?.Entry;
        health.Observe(request.Site, new Observation
        {
            Failure = failure,
            Covered = isCovered ? KindOf(entry!) : null,
            // Only the status that was exported shows that the page is well: a platform that has lost its content answers 404, and no failure.
            IsAsExported = entry is not null && (status == entry.Status || status == StatusCodes.Status304NotModified),
            Page = request.Page,
            Visitor = VisitorNetwork.Of(request.Client),
            StartedAt = startedAt,
        });
    }

    private static EvidenceKind KindOf(SnapshotEntry entry) => entry.Kind == EntryKind.Asset ? EvidenceKind.Asset : EvidenceKind.Document;
}
