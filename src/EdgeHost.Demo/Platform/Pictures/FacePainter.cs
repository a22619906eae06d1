using SkiaSharp;

namespace EdgeHost.Demo.Platform.Pictures;

internal static class FacePainter
{
    private const float Middle = 400;

    public static void Paint(SKCanvas canvas, PortraitSketch sketch)
    {
        using var skin = new SKPaint { IsAntialias = true, Color = sketch.Print(sketch.Skin.Light) };
        Ears(canvas, sketch, skin);

        using var head = Head(sketch);
        canvas.DrawPath(head, skin);

        canvas.Save();
        canvas.ClipPath(head, antialias: true);
        Shade(canvas, sketch);
        if (sketch.Beard)
        {
            Beard(canvas, sketch);
        }

        canvas.Restore();

        // Features move with the turn of the head; the skull does not.
        canvas.Save();
        canvas.Translate(sketch.Turn * 20, 0);
        Eyes(canvas, sketch);
        Nose(canvas, sketch);
        Mouth(canvas, sketch);
        if (sketch.Glasses)
        {
            Glasses(canvas, sketch);
        }

        canvas.Restore();
    }

    private static SKPath Head(PortraitSketch sketch)
    {
        var path = SKPath.ParseSvgPathData("M274 400 C272 300 326 248 400 248 C474 248 528 300 526 400 C526 470 508 520 478 560 C455 588 428 602 400 602 C372 602 345 588 322 560 C292 520 274 470 274 400 Z");
        path.Transform(SKMatrix.CreateScale(sketch.JawWidth, 1, Middle, 420));
        return path;
    }

    private static void Ears(SKCanvas canvas, PortraitSketch sketch, SKPaint skin)
    {
        var reach = 124 * sketch.JawWidth;
        foreach (var side in (ReadOnlySpan<int>)[-1, 1])
        {
            // The ear on the side that the head turns to is hidden more.
            var x = Middle + (side * (reach + 4 - (side * sketch.Turn * 8)));
            canvas.DrawOval(x, 428, 19, 34, skin);
            if (sketch.Earrings)
            {
                using var gold = new SKPaint { IsAntialias = true, Color = sketch.Print(new SKColor(0xff, 0xd9, 0x7a)) };
                canvas.DrawCircle(x + (side * 3), 474, 9, gold);
            }
        }
    }

    private static void Shade(SKCanvas canvas, PortraitSketch sketch)
    {
        using var side = new SKPaint();
        using var sideShader = sketch.Turn >= 0
            ? sketch.Linear(Middle + 10, 380, 545, 430, sketch.Skin.Shade.WithAlpha(0), sketch.Skin.Shade.WithAlpha(235))
            : sketch.Linear(Middle - 10, 380, 255, 430, sketch.Skin.Shade.WithAlpha(0), sketch.Skin.Shade.WithAlpha(235));
        side.Shader = sideShader;
        canvas.DrawRect(200, 200, 400, 460, side);

        using var brow = new SKPaint();
        using var browShader = sketch.Linear(0, 250, 0, 360, sketch.Skin.Shade.WithAlpha(200), sketch.Skin.Shade.WithAlpha(0));
        brow.Shader = browShader;
        canvas.DrawRect(200, 240, 400, 130, brow);

        foreach (var x in (ReadOnlySpan<float>)[318, 482])
        {
            using var cheek = new SKPaint();
            using var cheekShader = SKShader.CreateRadialGradient(
                new SKPoint(x + (sketch.Turn * 20), 500), 58, [sketch.Print(sketch.Skin.Lip).WithAlpha(70), sketch.Print(sketch.Skin.Lip).WithAlpha(0)], SKShaderTileMode.Clamp);
            cheek.Shader = cheekShader;
            canvas.DrawCircle(x + (sketch.Turn * 20), 500, 58, cheek);
        }
    }

    private static void Beard(SKCanvas canvas, PortraitSketch sketch)
    {
        using var paint = new SKPaint { IsAntialias = true, Color = sketch.Print(sketch.Hair).WithAlpha(225) };
        using var beard = SKPath.ParseSvgPathData("M262 430 C288 470 296 520 330 522 C360 512 380 520 400 526 C420 520 440 512 470 522 C504 520 512 470 538 430 L540 640 L260 640 Z");
        canvas.DrawPath(beard, paint);
    }

    private static void Eyes(SKCanvas canvas, PortraitSketch sketch)
    {
        var ink = sketch.Print(Colours.Darker(sketch.Hair.Red > 120 ? new SKColor(0x4a, 0x33, 0x26) : sketch.Hair, 0.35f));
        using var line = new SKPaint { IsAntialias = true, Style = SKPaintStyle.Stroke, StrokeCap = SKStrokeCap.Round, StrokeWidth = 7, Color = ink };
        using var brow = new SKPaint { IsAntialias = true, Style = SKPaintStyle.Stroke, StrokeCap = SKStrokeCap.Round, StrokeWidth = 11, Color = ink.WithAlpha(215) };
        using var fill = new SKPaint { IsAntialias = true };

        foreach (var side in (ReadOnlySpan<int>)[-1, 1])
        {
            canvas.Save();
            canvas.Translate(Middle + (side * 58), 424);
            canvas.Scale(side * (1 - (side * sketch.Turn * 0.06f)), 1);

            using (var arch = SKPath.ParseSvgPathData("M-28 -34 C-10 -50 18 -50 36 -34"))
            {
                canvas.DrawPath(arch, brow);
            }

            if (sketch.EyesClosed)
            {
                using var lid = SKPath.ParseSvgPathData("M-26 2 C-12 16 14 16 30 0");
                canvas.DrawPath(lid, line);
            }
            else
            {
                using var white = SKPath.ParseSvgPathData("M-27 4 C-14 -14 16 -15 30 1 C16 15 -12 16 -27 4 Z");
                fill.Color = sketch.Print(new SKColor(0xfb, 0xf6, 0xf0));
                canvas.DrawPath(white, fill);
                canvas.Save();
                canvas.ClipPath(white, antialias: true);
                fill.Color = ink;
                canvas.DrawCircle(1 + (side * sketch.Turn * 5), -1, 13, fill);
                fill.Color = sketch.Print(SKColors.White);
                canvas.DrawCircle(5 + (side * sketch.Turn * 5), -5, 3.6f, fill);
                canvas.Restore();
                using var lid = SKPath.ParseSvgPathData("M-27 4 C-14 -14 16 -15 32 0");
                canvas.DrawPath(lid, line);
            }

            canvas.Restore();
        }
    }

    private static void Nose(SKCanvas canvas, PortraitSketch sketch)
    {
        var side = sketch.Turn >= 0 ? 1 : -1;
        using var paint = new SKPaint { IsAntialias = true, Color = sketch.Print(Colours.Darker(sketch.Skin.Shade, 0.12f)).WithAlpha(175) };
        canvas.Save();
        canvas.Translate(Middle, 0);
        canvas.Scale(side, 1);
        using var shadow = SKPath.ParseSvgPathData("M6 420 C14 450 26 478 26 496 C26 510 8 514 -8 510 C6 506 12 500 10 488 C8 466 4 446 6 420 Z");
        canvas.DrawPath(shadow, paint);
        canvas.Restore();
    }

    private static void Mouth(SKCanvas canvas, PortraitSketch sketch)
    {
        using var upper = new SKPaint { IsAntialias = true, Color = sketch.Print(Colours.Darker(sketch.Skin.Lip, 0.18f)) };
        using var lower = new SKPaint { IsAntialias = true, Color = sketch.Print(sketch.Skin.Lip) };
        using var upperLip = SKPath.ParseSvgPathData("M358 546 C374 540 388 532 400 538 C412 532 426 540 442 546 C426 552 412 552 400 552 C388 552 374 552 358 546 Z");
        using var lowerLip = SKPath.ParseSvgPathData("M362 548 C376 553 424 553 438 548 C428 566 414 572 400 572 C386 572 372 566 362 548 Z");
        canvas.DrawPath(lowerLip, lower);
        canvas.DrawPath(upperLip, upper);
    }

    private static void Glasses(SKCanvas canvas, PortraitSketch sketch)
    {
        using var frame = new SKPaint { IsAntialias = true, Style = SKPaintStyle.Stroke, StrokeWidth = 7, Color = sketch.Print(new SKColor(0x22, 0x1d, 0x1b)) };
        canvas.DrawRoundRect(296, 392, 84, 70, 30, 30, frame);
        canvas.DrawRoundRect(420, 392, 84, 70, 30, 30, frame);
        canvas.DrawLine(380, 420, 420, 420, frame);
    }
}
