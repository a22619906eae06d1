using EdgeHost.SnapshotStore.Publishing;

namespace StaticExport.Publishing;

/// <summary>Whether a finished export may activate its snapshot.</summary>
internal readonly record struct Activation(PublishOutcome Outcome, string? Detail)
{
    /// <param name="now">The site as the journal has it now.</param>
    /// <param name="atStart">What was active when the export began.</param>
    public static Activation For(SitePublication now, SnapshotReference? atStart) => now switch
    {
        { Pinned: true } => new(PublishOutcome.Staged, $"the site is pinned to {now.Active?.Snapshot}: 'static-export unpin' lets exports activate again"),
        _ when now.Active?.Snapshot != atStart?.Snapshot => new(
            PublishOutcome.Conflict, $"{now.Active?.Snapshot} was activated while this export ran: 'static-export activate' chooses between them"),
        _ => new(PublishOutcome.Activated, null),
    };
}
