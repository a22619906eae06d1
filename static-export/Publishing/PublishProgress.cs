namespace StaticExport.Publishing;

internal enum PublishStep
{
    Planning,
    Uploading,
    WritingManifest,
    Checking,
    Activating,
}

/// <summary>How far a publish is.</summary>
/// <param name="Step">What is being done.</param>
/// <param name="Done">How many bodies of <paramref name="Total"/> are done; 0 of 0 in steps that are not counted.</param>
/// <param name="Total">How many there are.</param>
internal readonly record struct PublishProgress(PublishStep Step, int Done, int Total);
