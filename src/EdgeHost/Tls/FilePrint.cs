using System.Buffers;
using System.IO.Hashing;

namespace EdgeHost.Tls;

/// <summary>Length and hash of a file; default for one that can't be opened. Of what is too long to be a certificate the length alone.</summary>
internal readonly record struct FilePrint(long Length, UInt128 Hash)
{
    public static FilePrint Of(string path)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(CertificateReading.LargestFile);
        var read = 0;
        try
        {
            using var file = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
            var length = RandomAccess.GetLength(file);
            if (length > CertificateReading.LargestFile)
            {
                return new FilePrint(length, 0);
            }

            read = RandomAccess.Read(file, buffer, 0);
            return new FilePrint(length, XxHash128.HashToUInt128(buffer.AsSpan(0, read)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Reading it says what is wrong.
            return default;
        }
        finally
        {
            // It may have held a key.
            buffer.AsSpan(0, read).Clear();
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
