using System.Collections.Frozen;
using EdgeHost.Demo.Platform.Agencies;
using SkiaSharp;

namespace EdgeHost.Demo.Platform.Pictures;

/// <summary>
/// All renditions of one picture, such as "640.webp". It is painted once, in the largest size, and scaled down for the
/// others: painting is what takes time, and an export asks for every rendition anyway.
/// </summary>
internal static class ContactSheet
{
    /// <summary>How many pictures there are of one talent; the first is the portrait.</summary>
    public const int Takes = 2;

    private static readonly (int Width, PictureFormat Format)[] Portrait =
        [(640, PictureFormat.Jpeg), (320, PictureFormat.Jpeg), (320, PictureFormat.Webp)];

    private static readonly (int Width, PictureFormat Format)[] Further =
        [(480, PictureFormat.Jpeg), (320, PictureFormat.Jpeg)];

    public static FrozenDictionary<string, Picture> Develop(Agency agency, Talent talent, int take)
    {
        var renditions = take == 0 ? Portrait : Further;
        var sketch = PortraitSketch.For(talent.PortraitSeed, take, Studio.Of(agency.Id));
        var width = renditions[0].Width;

        using var surface = Picture.Surface(width, width * 5 / 4);
        surface.Canvas.Scale(width / PortraitPainter.Width);
        PortraitPainter.Paint(surface.Canvas, sketch);
        using var negative = surface.Snapshot();

        return renditions.ToFrozenDictionary(
            rendition => $"{rendition.Width}.{(rendition.Format == PictureFormat.Webp ? "webp" : "jpg")}",
            rendition => rendition.Width == width ? Picture.Encode(negative, rendition.Format) : Scaled(negative, rendition.Width, rendition.Format),
            StringComparer.Ordinal);
    }

    private static Picture Scaled(SKImage negative, int width, PictureFormat format)
    {
        using var surface = Picture.Surface(width, width * 5 / 4);
        surface.Canvas.DrawImage(
            negative, new SKRect(0, 0, width, width * 5 / 4), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        using var scaled = surface.Snapshot();
        return Picture.Encode(scaled, format);
    }
}
