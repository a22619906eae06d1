namespace EdgeHost.Demo.Platform.Agencies;

/// <summary>The few colours that leave the style sheet: for the browser's frame, the icons and the manifest.</summary>
internal sealed record Theme(string Colour, string Mark, string Paper)
{
    public static Theme Of(Agency agency) => agency.Id switch
    {
        "nova" => new("#0d0d12", "#d6ff3f", "#0d0d12"),
        "atlas" => new("#6d1a2d", "#f4efe4", "#f4efe4"),
        _ => new("#e8704f", "#fff4ea", "#fff9f3"),
    };
}
