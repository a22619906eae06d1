using SkiaSharp;

namespace EdgeHost.Demo.Platform.Pictures;

/// <summary>Paints a sketch on a sheet of 800 by 1000: wall, hair behind, shoulders, head, face, hair before.</summary>
internal static class PortraitPainter
{
    public const float Width = 800;
    public const float Height = 1000;

    public static void Paint(SKCanvas canvas, PortraitSketch sketch)
    {
        BackdropPainter.Paint(canvas, sketch);

        canvas.Save();
        canvas.Translate(Width / 2, 560);
        canvas.Scale(sketch.Zoom);
        canvas.Translate(-Width / 2, -560);

        canvas.Save();
        canvas.RotateDegrees(sketch.Tilt, Width / 2, 640);
        HairPainter.PaintBehind(canvas, sketch);
        canvas.Restore();

        Shoulders(canvas, sketch);

        canvas.RotateDegrees(sketch.Tilt, Width / 2, 640);
        FacePainter.Paint(canvas, sketch);
        HairPainter.PaintBefore(canvas, sketch);
        canvas.Restore();
    }

    private static void Shoulders(SKCanvas canvas, PortraitSketch sketch)
    {
        using var skin = new SKPaint { IsAntialias = true };
        using var skinShader = sketch.Linear(330, 0, 480, 0, sketch.Skin.Light, sketch.Skin.Shade);
        skin.Shader = skinShader;
        using var neck = SKPath.ParseSvgPathData("M338 520 L338 690 C334 738 290 756 222 782 L222 960 L578 960 L578 782 C510 756 466 738 462 690 L462 520 Z");
        canvas.DrawPath(neck, skin);

        // The shadow of the chin.
        using var shadow = new SKPaint { IsAntialias = true, Color = sketch.Print(sketch.Skin.Shade).WithAlpha(190) };
        using var underChin = SKPath.ParseSvgPathData("M338 560 L462 560 L462 640 C440 690 380 680 338 622 Z");
        canvas.DrawPath(underChin, shadow);

        using var clothes = new SKPaint { IsAntialias = true };
        using var clothesShader = sketch.Linear(150, 700, 700, 1000, Colours.Lighter(sketch.Clothes, 0.10f), Colours.Darker(sketch.Clothes, 0.28f));
        clothes.Shader = clothesShader;
        using var cut = SKPath.ParseSvgPathData(sketch.Neckline switch
        {
            Neckline.Vee => "M20 1080 C35 860 130 800 300 745 L330 735 L402 905 L470 735 L500 745 C670 800 765 860 780 1080 Z",
            Neckline.Turtleneck => "M20 1080 C35 860 130 800 318 738 L326 640 C360 672 440 672 474 640 L482 738 C670 800 765 860 780 1080 Z",
            Neckline.Boat => "M20 1080 C35 880 110 815 215 775 C300 838 500 838 585 775 C690 815 765 880 780 1080 Z",
            _ => "M20 1080 C35 860 130 800 315 738 C340 800 460 800 485 738 C670 800 765 860 780 1080 Z",
        });
        canvas.DrawPath(cut, clothes);

        using var seam = new SKPaint { IsAntialias = true, Style = SKPaintStyle.Stroke, StrokeWidth = 5, Color = sketch.Print(Colours.Darker(sketch.Clothes, 0.35f)).WithAlpha(120) };
        using var folds = SKPath.ParseSvgPathData("M176 900 C196 940 200 980 196 1060 M624 900 C604 940 600 980 604 1060");
        canvas.DrawPath(folds, seam);
    }
}
