using SkiaSharp;
using static EdgeHost.Demo.Platform.Pictures.Colours;

namespace EdgeHost.Demo.Platform.Pictures;

/// <summary>How an agency has its people photographed: its backdrops, its wardrobe, its darkroom.</summary>
internal sealed record Studio(
    IReadOnlyList<(SKColor Top, SKColor Bottom, SKColor Shape)> Walls,
    IReadOnlyList<SKColor> Wardrobe,
    IReadOnlyList<Darkroom> Darkrooms)
{
    public static Studio Of(string agencyId) => agencyId switch
    {
        "nova" => Nova,
        "atlas" => Atlas,
        _ => Mira,
    };

    private static readonly Studio Nova = new(
        [Wall(0x7c7c88, 0x2b2b33, 0xc4c4d0), Wall(0xe2e2ea, 0xa0a0aa, 0x77777f), Wall(0x24242c, 0x0a0a0e, 0xa9a9b5), Wall(0xcfcfd8, 0x8c8c98, 0xffffff)],
        [Rgb(0x1a1a20), Rgb(0xe8e8ee), Rgb(0x4a4a55), Rgb(0x9b9ba8)],
        [
            new(Rgb(0x120a2e), Rgb(0xff6a4d)), new(Rgb(0x0b1030), Rgb(0xd6ff3f)), new(Rgb(0x1f0a2e), Rgb(0xff8ae2)),
            new(Rgb(0x04201f), Rgb(0x58f5cf)), new(Rgb(0x0a0c38), Rgb(0x98a6ff)), new(Rgb(0x2a0a12), Rgb(0xffc24b)),
        ]);

    private static readonly Studio Atlas = new(
        [Wall(0xb9b4a9, 0x77726a, 0xcfcabf), Wall(0x6f6b64, 0x34312d, 0x8a857d), Wall(0xd9d4c9, 0xa29c91, 0xc4beb3), Wall(0x4a4743, 0x1f1d1b, 0x64605a)],
        [Rgb(0x211f1d), Rgb(0x3b3834), Rgb(0xe9e4da), Rgb(0x6b665f), Rgb(0x14131a)],
        [new(Rgb(0x120d0a), Rgb(0xfff8ea))]);

    private static readonly Studio Mira = new(
        [
            Wall(0xffe3cf, 0xffc8a8, 0xf6a27e), Wall(0xe3efe4, 0xbfdcc8, 0x8fbf9f), Wall(0xfdeec4, 0xf7d588, 0xefb44f),
            Wall(0xf9dde2, 0xf0b6c1, 0xe48a9c), Wall(0xdcecf5, 0xb0d4e8, 0x7db4d4), Wall(0xe9e2f6, 0xcabde8, 0xa690d3),
        ],
        [Rgb(0xfff7ec), Rgb(0xe8704f), Rgb(0x2f5d50), Rgb(0xf2b84b), Rgb(0x31456b), Rgb(0xc75b7a), Rgb(0x7a8f5a)],
        []);

    private static (SKColor Top, SKColor Bottom, SKColor Shape) Wall(uint top, uint bottom, uint shape) => (Rgb(top), Rgb(bottom), Rgb(shape));
}
