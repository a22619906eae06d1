using SkiaSharp;

namespace EdgeHost.Demo.Platform.Pictures;

/// <summary>
/// Prints in two colours: lightness becomes a straight line from one to the other, with a little more contrast than there was.
/// Done to each colour before it is painted, because a filter over the whole sheet takes longer than the painting.
/// </summary>
internal readonly record struct Darkroom(SKColor Dark, SKColor Light)
{
    private const float Contrast = 1.3f;
    private const float Lift = -0.06f;

    public SKColor Develop(SKColor colour)
    {
        var lightness = ((0.299f * colour.Red) + (0.587f * colour.Green) + (0.114f * colour.Blue)) / 255 * Contrast;
        return Colours.Between(Dark, Light, Math.Clamp(lightness + Lift, 0, 1)).WithAlpha(colour.Alpha);
    }
}
