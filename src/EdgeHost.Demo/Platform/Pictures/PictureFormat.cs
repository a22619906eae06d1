namespace EdgeHost.Demo.Platform.Pictures;

internal enum PictureFormat
{
    Jpeg,
    Webp,
    Png,
}
