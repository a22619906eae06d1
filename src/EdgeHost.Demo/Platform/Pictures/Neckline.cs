namespace EdgeHost.Demo.Platform.Pictures;

internal enum Neckline
{
    Crew,
    Vee,
    Turtleneck,
    Boat,
}
