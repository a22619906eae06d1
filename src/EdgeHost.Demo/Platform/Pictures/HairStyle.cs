namespace EdgeHost.Demo.Platform.Pictures;

internal enum HairStyle
{
    Crop,
    SidePart,
    Bob,
    Long,
    Bun,
    Afro,
    Curls,
    Shaved,
    Wrap,
}
