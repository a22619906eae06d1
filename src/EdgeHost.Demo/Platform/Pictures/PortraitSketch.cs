using SkiaSharp;

namespace EdgeHost.Demo.Platform.Pictures;

/// <summary>Everything that is decided about one picture before the first stroke.</summary>
internal sealed record PortraitSketch
{
    private static readonly (uint Light, uint Shade, uint Lip)[] Skins =
    [
        (0xf7d9c4, 0xd9a488, 0xc8665f), (0xf2c9a9, 0xcf9571, 0xb9574f), (0xe6b48d, 0xba8259, 0xa84e44), (0xd39a6c, 0xa06c43, 0x97463b),
        (0xb97c50, 0x855330, 0x84392f), (0x96603c, 0x673c22, 0x6d2f2a), (0x74472c, 0x4b2a18, 0x5b2723), (0x573322, 0x351d12, 0x4a201d),
    ];

    private static readonly uint[] HairColours = [0x1b1513, 0x2c1d16, 0x4a2e1e, 0x6b4226, 0x8f5a2f, 0xb98545, 0xd9b777, 0x9c3f22, 0x8b8680, 0xd8d4cd];

    public required (SKColor Light, SKColor Shade, SKColor Lip) Skin { get; init; }

    public required SKColor Hair { get; init; }

    public required HairStyle HairStyle { get; init; }

    public required float JawWidth { get; init; }

    public required bool Beard { get; init; }

    public required bool Glasses { get; init; }

    public required bool Earrings { get; init; }

    public required bool EyesClosed { get; init; }

    public required SKColor Clothes { get; init; }

    public required Neckline Neckline { get; init; }

    public required (SKColor Top, SKColor Bottom, SKColor Shape) Wall { get; init; }

    public required Backdrop Backdrop { get; init; }

    public required Darkroom? Darkroom { get; init; }

    /// <summary>-1 looks left, 1 looks right.</summary>
    public required float Turn { get; init; }

    public required float Tilt { get; init; }

    public required float Zoom { get; init; }

    /// <summary>The person is the same in every take; clothes, wall and framing are not.</summary>
    public static PortraitSketch For(int seed, int take, Studio studio)
    {
        var person = new Random(seed);
        var session = new Random(seed ^ ((take + 1) * 7919));

        var skin = Skins[person.Next(Skins.Length)];
        var dark = Array.IndexOf(Skins, skin) >= 4;
        // Fair hair on the darkest skins reads as a mistake of the painter.
        var hair = dark && person.Next(5) > 0 ? HairColours[person.Next(3)] : HairColours[person.Next(HairColours.Length)];
        var style = (HairStyle)person.Next((int)HairStyle.Wrap + 1);
        var beard = style is HairStyle.Crop or HairStyle.SidePart or HairStyle.Shaved && person.Next(100) < 55;

        return new PortraitSketch
        {
            Skin = (Colours.Rgb(skin.Light), Colours.Rgb(skin.Shade), Colours.Rgb(skin.Lip)),
            Hair = Colours.Rgb(hair),
            HairStyle = style,
            JawWidth = 0.93f + (person.NextSingle() * 0.14f),
            Beard = beard,
            Glasses = person.Next(100) < 16,
            Earrings = !beard && person.Next(100) < 45,
            EyesClosed = session.Next(100) < 22,
            Clothes = studio.Wardrobe[session.Next(studio.Wardrobe.Count)],
            Neckline = (Neckline)session.Next((int)Neckline.Boat + 1),
            Wall = studio.Walls[session.Next(studio.Walls.Count)],
            Backdrop = (Backdrop)session.Next((int)Backdrop.Beam + 1),
            Darkroom = studio.Darkrooms.Count == 0 ? null : studio.Darkrooms[session.Next(studio.Darkrooms.Count)],
            Turn = (session.NextSingle() * 2) - 1,
            Tilt = (session.NextSingle() * 8) - 4,
            Zoom = take == 0 ? 1.04f : 0.92f + (session.NextSingle() * 0.5f),
        };
    }

    /// <summary>A colour as it is printed.</summary>
    public SKColor Print(SKColor colour) => Darkroom?.Develop(colour) ?? colour;

    public SKShader Linear(float x0, float y0, float x1, float y1, SKColor from, SKColor to) =>
        SKShader.CreateLinearGradient(new SKPoint(x0, y0), new SKPoint(x1, y1), [Print(from), Print(to)], SKShaderTileMode.Clamp);
}
