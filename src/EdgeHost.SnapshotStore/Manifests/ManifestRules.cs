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
            ?? manifest.Views.Select(FirstBrokenView).FirstOrDefault(broken => broken is not null)
            ?? (manifest.NotFound is null ? null : BrokenEntry(manifest.NotFound));
    }

    private static string? FirstBrokenView(HostView view) => view.Rule switch
    {
        HostRule.Redirect when view.RedirectTo is null || view.RedirectStatus is not (301 or 302 or 303 or 307 or 308) => $"the redirect of {view.Scheme}://{view.Host} has no target or no status",
        HostRule.Own => FirstBrokenEntry(view.Entries),
        _ => null,
    };

    private static string? FirstBrokenEntry(IEnumerable<ManifestEntry> entries)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
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
        { Bodies: var bodies } when bodies.Any(body => body.Length < 0 || body.Hash == default) => $"'{entry.Key}' has a body without a hash",
        _ when HasControlCharacter(entry) => $"'{entry.Key}' has a control character in a header",
        _ => null,
    };

    // A header value with a line break would let whoever can write to the bucket write the rest of the response.
    private static bool HasControlCharacter(ManifestEntry entry) =>
        entry.Headers.Values.Append(entry.Location ?? "").Append(entry.ContentType ?? "").Any(value => value.AsSpan().ContainsAnyInRange('\0', '\x1f') || value.Contains('\x7f', StringComparison.Ordinal))
        || entry.Headers.Keys.Any(name => !RecordedHeaders.Keeps(name));
}
