namespace EdgeHost.Demo.Platform.Agencies;

/// <summary>An agency as its file in Data/ tells it: its texts, and the words its talents' biographies are made of.</summary>
internal sealed record AgencyProfile
{
    public required string Id { get; init; }

    public required int Seed { get; init; }

    public required string Name { get; init; }

    public required string ShortName { get; init; }

    public required string Tagline { get; init; }

    public required string Description { get; init; }

    public required string City { get; init; }

    public required string Street { get; init; }

    public required string Email { get; init; }

    public required string Phone { get; init; }

    public required string Quote { get; init; }

    public required string QuoteBy { get; init; }

    public required IReadOnlyList<string> About { get; init; }

    public required IReadOnlyList<Category> Categories { get; init; }

    public required IReadOnlyList<string> FirstNames { get; init; }

    public required IReadOnlyList<string> LastNames { get; init; }

    public required IReadOnlyList<string> Cities { get; init; }

    public required IReadOnlyList<string> Venues { get; init; }

    public required IReadOnlyList<string> Works { get; init; }

    public required IReadOnlyList<string> Openings { get; init; }

    public required IReadOnlyList<string> Middles { get; init; }

    public required IReadOnlyList<string> Closings { get; init; }

    public required IReadOnlyList<NewsPost> News { get; init; }
}
