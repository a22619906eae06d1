using SkiaSharp;

namespace EdgeHost.Demo.Platform.Pictures;

internal static class BackdropPainter
{
    public static void Paint(SKCanvas canvas, PortraitSketch sketch)
    {
        // One gradient from the lamp outwards does for wall, glow and vignette.
        using var wall = new SKPaint { IsAntialias = true };
        using var wallShader = SKShader.CreateRadialGradient(
            new SKPoint(400 - (sketch.Turn * 150), 330),
            860,
            [sketch.Print(Colours.Lighter(sketch.Wall.Top, 0.3f)), sketch.Print(Colours.Between(sketch.Wall.Top, sketch.Wall.Bottom, 0.4f)), sketch.Print(Colours.Darker(sketch.Wall.Bottom, 0.14f))],
            [0, 0.5f, 1],
            SKShaderTileMode.Clamp);
        wall.Shader = wallShader;
        canvas.DrawRect(0, 0, PortraitPainter.Width, PortraitPainter.Height, wall);

        using var shape = new SKPaint { IsAntialias = true };
        using var shapeShader = sketch.Linear(0, 80, 300, 950, Colours.Lighter(sketch.Wall.Shape, 0.14f), Colours.Between(sketch.Wall.Shape, sketch.Wall.Bottom, 0.55f));
        shape.Shader = shapeShader;
        Shape(canvas, sketch, shape);
    }

    private static void Shape(SKCanvas canvas, PortraitSketch sketch, SKPaint paint)
    {
        switch (sketch.Backdrop)
        {
            case Backdrop.Disc:
                canvas.DrawCircle(400 + (sketch.Turn * 90), 430, 330, paint);
                break;
            case Backdrop.Arch:
                using (var arch = SKPath.ParseSvgPathData("M110 1000 L110 420 C110 250 240 120 400 120 C560 120 690 250 690 420 L690 1000 Z"))
                {
                    canvas.DrawPath(arch, paint);
                }

                break;
            case Backdrop.Bands:
                for (var band = 0; band < 4; band++)
                {
                    canvas.DrawRect((band * 220) - 30 + (sketch.Turn * 40), 0, 90, PortraitPainter.Height, paint);
                }

                break;
            case Backdrop.Horizon:
                canvas.DrawRect(0, 560 + (sketch.Turn * 60), PortraitPainter.Width, 500, paint);
                canvas.DrawCircle(620 - (sketch.Turn * 60), 230, 120, paint);
                break;
            default:
                using (var beam = SKPath.ParseSvgPathData("M-80 1000 L420 -40 L760 -40 L330 1000 Z"))
                {
                    canvas.DrawPath(beam, paint);
                }

                break;
        }
    }
}
