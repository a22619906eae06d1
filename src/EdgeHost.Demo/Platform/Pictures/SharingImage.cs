using EdgeHost.Demo.Platform.Agencies;
using SkiaSharp;

namespace EdgeHost.Demo.Platform.Pictures;

/// <summary>The 1200 by 630 picture that a link shows when it is shared: one person, or for the home page three.</summary>
internal static class SharingImage
{
    private const int Width = 1200;
    private const int Height = 630;

    public static Picture For(Agency agency, IReadOnlyList<Talent> people) => Picture.Paint(Width, Height, PictureFormat.Jpeg, canvas =>
    {
        canvas.Clear(SKColor.Parse(Theme.Of(agency).Colour));
        var studio = Studio.Of(agency.Id);
        var scale = Height / PortraitPainter.Height;
        var left = Width - (people.Count * PortraitPainter.Width * scale * (people.Count == 1 ? 1 : 0.66f));

        for (var at = 0; at < people.Count; at++)
        {
            canvas.Save();
            canvas.Translate(left + (at * PortraitPainter.Width * scale * 0.66f), 0);
            canvas.ClipRect(new SKRect(0, 0, PortraitPainter.Width * scale, Height));
            canvas.Scale(scale);
            PortraitPainter.Paint(canvas, PortraitSketch.For(people[at].PortraitSeed, 0, studio));
            canvas.Restore();
        }

        if (people.Count == 1)
        {
            canvas.Translate(220, 195);
            Mark.Draw(canvas, agency, 240);
        }
    });
}
