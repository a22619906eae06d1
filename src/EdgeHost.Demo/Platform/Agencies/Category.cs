namespace EdgeHost.Demo.Platform.Agencies;

internal sealed record Category
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>What one talent of the category is called: "Dancer".</summary>
    public required string Role { get; init; }

    public required string Blurb { get; init; }

    public required IReadOnlyList<string> Skills { get; init; }

    public required IReadOnlyList<string> Parts { get; init; }
}
