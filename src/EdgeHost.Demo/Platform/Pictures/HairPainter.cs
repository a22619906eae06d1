using SkiaSharp;

namespace EdgeHost.Demo.Platform.Pictures;

internal static class HairPainter
{
    private const string Cap = "M262 440 C236 280 300 196 402 198 C506 196 564 282 538 440 L526 404 C522 340 486 300 420 306 C360 300 292 330 276 404 Z";

    public static void PaintBehind(SKCanvas canvas, PortraitSketch sketch)
    {
        using var paint = Paint(sketch, 0.22f);
        switch (sketch.HairStyle)
        {
            case HairStyle.Long:
                Draw(canvas, paint, "M400 190 C270 188 226 290 232 420 C236 560 190 700 176 850 C260 905 540 905 624 850 C610 700 564 560 568 420 C574 290 530 188 400 190 Z");
                break;
            case HairStyle.Bob:
                Draw(canvas, paint, "M400 196 C268 194 226 300 230 430 C232 520 216 590 226 650 C290 690 510 690 574 650 C584 590 568 520 570 430 C574 300 532 194 400 196 Z");
                break;
            case HairStyle.Bun:
                canvas.DrawCircle(400, 176, 74, paint);
                break;
            case HairStyle.Afro:
                canvas.DrawOval(400, 350, 222, 212, paint);
                break;
            case HairStyle.Curls:
                for (var curl = 0; curl < 22; curl++)
                {
                    // An arc around the head from one shoulder to the other.
                    var angle = (MathF.PI * 0.82f) + (curl / 21f * MathF.PI * 1.36f);
                    canvas.DrawCircle(400 + (MathF.Cos(angle) * 168), 400 + (MathF.Sin(angle) * 176), 54 + (curl % 3 * 7), paint);
                }

                break;
            default:
                break;
        }
    }

    public static void PaintBefore(SKCanvas canvas, PortraitSketch sketch)
    {
        using var paint = Paint(sketch, 0);
        switch (sketch.HairStyle)
        {
            case HairStyle.Shaved:
                paint.Color = sketch.Print(sketch.Hair).WithAlpha(150);
                paint.Shader = null;
                Draw(canvas, paint, "M268 420 C252 290 312 236 400 236 C488 236 548 290 532 420 L522 380 C510 320 470 298 400 298 C330 298 290 320 278 380 Z");
                break;
            case HairStyle.SidePart:
                Draw(canvas, paint, "M260 440 C226 270 300 176 420 184 C520 188 574 280 540 440 L526 400 C520 352 500 322 462 300 C420 340 330 330 288 352 C278 370 276 390 274 410 Z");
                break;
            case HairStyle.Long:
                Draw(canvas, paint, "M400 204 C300 196 244 280 240 410 C238 500 236 560 214 640 C262 600 286 520 290 430 C296 360 350 320 404 262 C452 320 504 360 510 430 C514 520 538 600 586 640 C564 560 562 500 560 410 C556 280 500 196 400 204 Z");
                break;
            case HairStyle.Bob:
                Draw(canvas, paint, "M400 204 C290 198 240 290 240 420 C240 500 236 560 240 622 C282 590 288 500 286 410 C340 372 470 372 514 410 C512 500 518 590 560 622 C564 560 560 500 560 420 C560 290 510 198 400 204 Z");
                break;
            case HairStyle.Afro:
                Draw(canvas, paint, "M262 430 C240 300 300 214 400 214 C500 214 560 300 538 430 C530 350 500 316 400 314 C300 316 270 350 262 430 Z");
                break;
            case HairStyle.Curls:
                for (var curl = 0; curl < 9; curl++)
                {
                    var angle = MathF.PI + (curl / 8f * MathF.PI);
                    canvas.DrawCircle(400 + (MathF.Cos(angle) * 122), 340 + (MathF.Sin(angle) * 92), 46 - (curl % 2 * 6), paint);
                }

                break;
            case HairStyle.Wrap:
                Wrap(canvas, sketch);
                break;
            default:
                Draw(canvas, paint, Cap);
                break;
        }
    }

    private static void Wrap(SKCanvas canvas, PortraitSketch sketch)
    {
        using var cloth = new SKPaint { IsAntialias = true };
        using var shader = sketch.Linear(260, 160, 540, 380, Colours.Lighter(sketch.Wall.Shape, 0.12f), Colours.Darker(sketch.Wall.Shape, 0.3f));
        cloth.Shader = shader;
        Draw(canvas, cloth, "M258 400 C220 230 300 150 410 156 C520 156 580 250 542 400 C530 340 480 306 400 304 C320 306 270 340 258 400 Z");
        canvas.DrawOval(430, 168, 62, 46, cloth);
        using var fold = new SKPaint { IsAntialias = true, Style = SKPaintStyle.Stroke, StrokeWidth = 6, Color = sketch.Print(Colours.Darker(sketch.Wall.Shape, 0.4f)).WithAlpha(150) };
        Draw(canvas, fold, "M270 350 C320 240 400 210 440 196 M300 318 C360 250 430 226 450 204 M528 340 C510 270 470 230 446 206");
    }

    private static SKPaint Paint(PortraitSketch sketch, float darker)
    {
        var from = Colours.Lighter(Colours.Darker(sketch.Hair, darker), sketch.Turn >= 0 ? 0.16f : 0.02f);
        var to = Colours.Darker(Colours.Darker(sketch.Hair, darker), sketch.Turn >= 0 ? 0.3f : 0.1f);
        return new SKPaint { IsAntialias = true, Shader = sketch.Linear(240, 200, 560, 460, from, to) };
    }

    private static void Draw(SKCanvas canvas, SKPaint paint, string svgPath)
    {
        using var path = SKPath.ParseSvgPathData(svgPath);
        canvas.DrawPath(path, paint);
    }
}
