namespace EdgeHost.Demo.Walkthrough.Visiting;

internal sealed record SnapshotStatus(string? Id, DateTimeOffset? CapturedAt, int? Entries);
