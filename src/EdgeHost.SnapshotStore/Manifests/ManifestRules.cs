using EdgeHost.SnapshotStore.Blobs;

namespace EdgeHost.SnapshotStore.Manifests;

/// <summary>What must hold of a manifest before an edge may serve by it.</summary>
internal static class ManifestRules
{
    public static string? FirstBroken(SnapshotManifest? manifest)
    {
        if (manifest is null)
        {
            return "it is empty";
        }

        if (manifest.Format is < 1 or > SnapshotManifest.CurrentFormat)
        {
            return $"its format is {manifest.Format}, and this version reads up to {SnapshotManifest.CurrentFormat}: update EdgeHost";
        }

        if (manifest.Scheme is not ("http" or "https"))
        {
            return $"its scheme is '{manifest.Scheme}'";
        }

        return FirstBrokenEntry(manifest.Entries)
            ?? manifest.Views.Select(view => view is null ? "a view is empty" : FirstBrokenView(view)).FirstOrDefault(broken => broken is not null)
            ?? (manifest.NotFound is null ? null : BrokenEntry(manifest.NotFound));
    }

    private static string? FirstBrokenView(HostView view) => view switch
    {
        { Scheme: not ("http" or "https") } => $"a view has the scheme '{view.Scheme}'",
        { Rule: HostRule.Redirect, RedirectStatus: not (301 or 302 or 303 or 307 or 308) } => $"the redirect of {view.Scheme}://{view.Host} has no status",
        { Rule: HostRule.Redirect } when !CanPrecedeTarget(view.RedirectTo) => $"the redirect of {view.Scheme}://{view.Host} leads to '{view.RedirectTo}', which nothing can follow",
        _ => FirstBrokenEntry(view.Entries),
    };

    // The request's own path and query follow it: https://www.example.org.
    private static bool CanPrecedeTarget(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri is { Scheme: "http" or "https", UserInfo: "", Query: "", Fragment: "" }
        && RecordedHeaders.CanSend(text) && text is not [.., '/' or '?' or '#' or ' '];

    private static string? FirstBrokenEntry(IEnumerable<ManifestEntry> entries)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            if (entry is null)
            {
                return "an entry is empty";
            }

            if (entry.Key is not ['/', ..])
            {
                return $"the key '{entry.Key}' is not a path";
            }

            if (!keys.Add(entry.Key))
            {
                return $"the key '{entry.Key}' occurs twice";
            }

            if (BrokenEntry(entry) is { } broken)
            {
                return broken;
            }
        }

        return null;
    }

    private static string? BrokenEntry(ManifestEntry entry) => entry switch
    {
        { Status: < 200 or > 599 } => $"'{entry.Key}' has the status {entry.Status}",
        { Bodies: var bodies } when bodies.Any(body => body is null || body.Length < 0 || body.Hash == default) => $"'{entry.Key}' has a body without a hash",
        { Bodies: [{ Coding: not ContentCoding.Identity }, ..] } => $"'{entry.Key}' has no body in identity coding, or not as the first",
        { Bodies: { Length: > 1 } bodies } when bodies.DistinctBy(body => body.Coding).Count() < bodies.Length => $"'{entry.Key}' has two bodies in one coding",
        _ when FirstBrokenHeader(entry) is { } broken => $"'{entry.Key}' {broken}",
        _ => null,
    };

    private static string? FirstBrokenHeader(ManifestEntry entry) =>
        !RecordedHeaders.CanSend(entry.Location ?? "") ? "has a Location that can't be sent"
        : !RecordedHeaders.CanSend(entry.ContentType ?? "") ? "has a Content-Type that can't be sent"
        : entry.Headers.FirstOrDefault(header => !RecordedHeaders.Keeps(header.Key) || header.Value is null || !RecordedHeaders.CanSend(header.Value)) is { Key: { } name }
            ? $"has a header '{name}' that is not kept, or a value in it that can't be sent"
        : null;
}
