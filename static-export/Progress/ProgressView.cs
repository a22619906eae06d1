using System.Collections.Immutable;

namespace StaticExport.Progress;

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
