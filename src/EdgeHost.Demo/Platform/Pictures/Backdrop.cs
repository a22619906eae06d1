namespace EdgeHost.Demo.Platform.Pictures;

internal enum Backdrop
{
    Disc,
    Arch,
    Bands,
    Horizon,
    Beam,
}
