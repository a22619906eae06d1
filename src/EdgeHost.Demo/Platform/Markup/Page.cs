namespace EdgeHost.Demo.Platform.Markup;

/// <summary>A page before the agency's frame is put around it.</summary>
internal sealed record Page
{
    /// <summary>Names the page for its style sheet: "home", "talent".</summary>
    public required string Kind { get; init; }

    public required string Title { get; init; }

    public required string Description { get; init; }

    /// <summary>Path and query under which the page wants to be known; null where it does not want to be.</summary>
    public required string? Canonical { get; init; }

    public required Html Body { get; init; }

    public string? OpenGraphImage { get; init; }

    /// <summary>Links to the neighbouring pages and structured data, for the head.</summary>
    public Html Head { get; init; } = Html.Empty;

    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <summary>Answers that belong to one visitor, or to one moment.</summary>
    public bool Private { get; init; }
}
