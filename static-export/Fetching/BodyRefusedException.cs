namespace StaticExport.Fetching;

/// <summary>Ends the reading of a body; it becomes a <see cref="FetchFailure"/> where the request was made.</summary>
internal sealed class BodyRefusedException(FetchFailureKind kind, string message, Exception? inner = null) : Exception(message, inner)
{
    public FetchFailureKind Kind { get; } = kind;
}
