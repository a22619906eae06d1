using System.Text;
using EdgeHost.Health;
using EdgeHost.Origins;
using EdgeHost.Sites;
using EdgeHost.Snapshots;

namespace EdgeHost.Evidence;

/// <summary>Looks at one answer to a page that the snapshot holds.</summary>
internal sealed class PageWatch(ContentWatch watch, Site site, SiteSnapshot snapshot, SnapshotEntry copy, PageAddress page, int visitor, TimeProvider clock) : IAnswerWatch
{
    private const int MostReceived = 200;

    private string? coding;
    private string received = "";
    private long? length;

    public Site Site => site;

    public SiteSnapshot Snapshot => snapshot;

    public PageAddress Page => page;

    /// <summary>What was found; none while the body is still to be judged.</summary>
    public ContentKind Found { get; private set; }

    public bool Look(HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        var location = response.Headers.NonValidated.TryGetValues("Location", out var values) ? values.ToString() : null;
        var finding = ContentJudgement.Of(status, location, ContentTypes.IsHtml(response.Content), page, copy, site.Has, IsCovered);
        received = location is null ? $"{status}" : $"{status}, Location: {location}";
        if (finding.Kind == ContentKind.InBody)
        {
            coding = ContentTypes.CodingOf(response.Content);
            length = coding is null ? response.Content.Headers.ContentLength : null;
            return visitor == HealthEvidence.Ourselves || site.State.Looks.IsDue(page);
        }

        Tell(finding.Kind, finding.LeadsTo);
        return false;
    }

    public void Seen(ReadOnlyMemory<byte> start, bool isWhole) => watch.Enqueue(this, new BodyStart(start, isWhole));

    /// <summary>Judges the start of the body.</summary>
    public async ValueTask JudgeAsync(BodyStart start, CancellationToken cancellationToken)
    {
        if (MarksReader.Decode(start.Bytes, coding) is not { } head
            || await watch.Marks.OfPageAsync(copy, cancellationToken) is not { } expected
            || await watch.Marks.OfSiteAsync(snapshot, cancellationToken) is not { } ofSite)
        {
            return;
        }

        // What fills the room that there is for it may go on.
        var marks = PageMarks.Read(Encoding.UTF8.GetString(head), length ?? (start.IsWhole && head.Length < PageMarks.HeadLength ? head.Length : -1));
        var known = ofSite.Know(marks, expected);
        received = $"200 with a page that is not the site's, titled with: {string.Join(' ', marks.TitleWords.Order(StringComparer.Ordinal))}";
        Tell(known switch { true => ContentKind.Kept, false => ContentKind.Lost, null => ContentKind.Unknown }, 0);
    }

    private void Tell(ContentKind kind, int leadsTo)
    {
        Found = kind;
        if (kind is ContentKind.Kept or ContentKind.Lost)
        {
            var look = new PageLook(page.PathHash, page.IsHome, kind == ContentKind.Lost, leadsTo, visitor == HealthEvidence.Ourselves, Clip(received));
            watch.Tell(this, look);
        }
    }

    // What an origin sends is kept for people to read, and for each of many pages.
    private static string Clip(string text) => text.Length <= MostReceived ? text : string.Concat(text.AsSpan(0, MostReceived), "…");

    private bool IsCovered(PageAddress other) => snapshot.Find(other.Scheme, other.Authority, other.Target, clock) is { Entry.Status: < 400 };
}
