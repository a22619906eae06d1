namespace EdgeHost.Demo.Platform.Agencies;

internal sealed record Talent
{
    public required string Slug { get; init; }

    public required string FirstName { get; init; }

    public required string LastName { get; init; }

    public required Category Category { get; init; }

    public required string City { get; init; }

    public required int HeightCentimetres { get; init; }

    public required int Since { get; init; }

    public required IReadOnlyList<string> Skills { get; init; }

    public required IReadOnlyList<string> Biography { get; init; }

    public required IReadOnlyList<Credit> Credits { get; init; }

    /// <summary>What the portraits of this talent are drawn from.</summary>
    public required int PortraitSeed { get; init; }

    public string Name => $"{FirstName} {LastName}";
}
