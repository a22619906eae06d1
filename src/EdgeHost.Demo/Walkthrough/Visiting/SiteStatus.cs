namespace EdgeHost.Demo.Walkthrough.Visiting;

/// <summary>What the management API says of a site, as far as the walkthrough shows it.</summary>
internal sealed record SiteStatus(string Id, string? Mode, string? State, SnapshotStatus? Snapshot);
