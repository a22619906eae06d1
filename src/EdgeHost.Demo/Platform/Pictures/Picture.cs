using System.Security.Cryptography;
using SkiaSharp;

namespace EdgeHost.Demo.Platform.Pictures;

/// <summary>An encoded picture, ready to be sent.</summary>
internal sealed record Picture(byte[] Bytes, string MediaType)
{
    public string EntityTag { get; } = $"\"{Convert.ToHexStringLower(SHA256.HashData(Bytes))[..16]}\"";

    public static SKSurface Surface(int width, int height) =>
        SKSurface.Create(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Premul))
            ?? throw new InvalidOperationException($"No surface of {width}x{height}.");

    public static Picture Paint(int width, int height, PictureFormat format, Action<SKCanvas> paint)
    {
        using var surface = Surface(width, height);
        paint(surface.Canvas);
        using var image = surface.Snapshot();
        return Encode(image, format);
    }

    public static Picture Encode(SKImage image, PictureFormat format)
    {
        var (skia, quality, mediaType) = format switch
        {
            PictureFormat.Webp => (SKEncodedImageFormat.Webp, 80, "image/webp"),
            PictureFormat.Jpeg => (SKEncodedImageFormat.Jpeg, 84, "image/jpeg"),
            _ => (SKEncodedImageFormat.Png, 100, "image/png"),
        };
        using var data = image.Encode(skia, quality);
        return new Picture(data.ToArray(), mediaType);
    }
}
