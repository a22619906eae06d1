using System.Globalization;
using EdgeHost.Demo.Platform.Agencies;
using SkiaSharp;

namespace EdgeHost.Demo.Platform.Pictures;

/// <summary>An agency's mark on a field of 64: one path, used for the SVG and for every icon.</summary>
internal static class Mark
{
    private const int Field = 64;

    public static string Svg(Agency agency)
    {
        var theme = Theme.Of(agency);
        var radius = Radius(agency).ToString(CultureInfo.InvariantCulture);
        return $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" rx="{radius}" fill="{theme.Colour}"/><path fill="{theme.Mark}" d="{Shape(agency)}"/></svg>

            """;
    }

    public static Picture Icon(Agency agency, int size) => Picture.Paint(size, size, PictureFormat.Png, canvas => Draw(canvas, agency, size));

    public static void Draw(SKCanvas canvas, Agency agency, float size)
    {
        var theme = Theme.Of(agency);
        canvas.Save();
        canvas.Scale(size / Field);
        using var field = new SKPaint { IsAntialias = true, Color = SKColor.Parse(theme.Colour) };
        canvas.DrawRoundRect(0, 0, Field, Field, Radius(agency), Radius(agency), field);
        using var ink = new SKPaint { IsAntialias = true, Color = SKColor.Parse(theme.Mark) };
        using var shape = SKPath.ParseSvgPathData(Shape(agency));
        canvas.DrawPath(shape, ink);
        canvas.Restore();
    }

    private static float Radius(Agency agency) => agency.Id switch
    {
        "nova" => 0,
        "atlas" => 32,
        _ => 20,
    };

    private static string Shape(Agency agency) => agency.Id switch
    {
        // A leap, an A on a serif, a sun over a table.
        "nova" => "M14 50 L14 14 L24 14 L40 36 L40 14 L50 14 L50 50 L40 50 L24 28 L24 50 Z",
        "atlas" => "M32 13 L46 46 L49 46 L49 49 L37 49 L37 46 L40 46 L37 39 L26 39 L23.4 46 L27 46 L27 49 L16 49 L16 46 L19 46 L31 17 Z M31.6 24 L27.3 36 L36 36 Z",
        _ => "M12 46 C12 24 22 14 32 14 C42 14 52 24 52 46 L42 46 C42 32 38 25 32 25 C26 25 22 32 22 46 Z M32 34 A6.5 6.5 0 1 0 32 47 A6.5 6.5 0 1 0 32 34 Z",
    };
}
