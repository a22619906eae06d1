using System.Buffers.Binary;
using EdgeHost.Demo.Platform.Agencies;

namespace EdgeHost.Demo.Platform.Pictures;

/// <summary>favicon.ico: a directory of one entry, which since Windows Vista may be a PNG.</summary>
internal static class FavouriteIcon
{
    private const int Size = 32;
    private const int HeaderLength = 22;

    public static Picture For(Agency agency)
    {
        var png = Mark.Icon(agency, Size).Bytes;
        var file = new byte[HeaderLength + png.Length];

        // ICONDIR: reserved, type 1 = icon, one image.
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(2), 1);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(4), 1);

        // ICONDIRENTRY: width, height, colours, reserved, planes, bits, length, offset.
        file[6] = Size;
        file[7] = Size;
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(10), 1);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(12), 32);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(14), png.Length);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(18), HeaderLength);
        png.CopyTo(file, HeaderLength);

        return new Picture(file, "image/x-icon");
    }
}
