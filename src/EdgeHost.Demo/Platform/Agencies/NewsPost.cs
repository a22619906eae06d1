namespace EdgeHost.Demo.Platform.Agencies;

internal sealed record NewsPost
{
    public required string Slug { get; init; }

    public required DateOnly Date { get; init; }

    public required string Title { get; init; }

    public required string Summary { get; init; }

    public required IReadOnlyList<string> Paragraphs { get; init; }
}
