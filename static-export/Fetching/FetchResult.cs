namespace StaticExport.Fetching;

/// <summary>An answer, or why there is none.</summary>
internal readonly record struct FetchResult(FetchedAnswer? Answer, FetchFailure? Failure)
{
    public static FetchResult Of(FetchedAnswer answer) => new(answer, null);

    public static FetchResult Of(FetchFailureKind kind, string detail, TimeSpan? retryAfter = null) => new(null, new FetchFailure(kind, detail, retryAfter));
}
