using SkiaSharp;

namespace EdgeHost.Demo.Platform.Pictures;

internal static class Colours
{
    public static SKColor Rgb(uint colour) => new(0xff000000 | colour);

    public static SKColor Darker(SKColor colour, float by) => Between(colour, SKColors.Black, by);

    public static SKColor Lighter(SKColor colour, float by) => Between(colour, SKColors.White, by);

    public static SKColor Between(SKColor from, SKColor to, float share) => new(
        (byte)(from.Red + ((to.Red - from.Red) * share)),
        (byte)(from.Green + ((to.Green - from.Green) * share)),
        (byte)(from.Blue + ((to.Blue - from.Blue) * share)));
}
