namespace EdgeHost.Tls;

/// <summary>Where a certificate and its key lie.</summary>
/// <param name="Name">What people call it: its folder, or its file without the ending.</param>
/// <param name="Chain">The file with the certificate, and those of its issuers after it.</param>
/// <param name="Key">The file with the key; the same where that holds both.</param>
internal readonly record struct CertificateFiles(string Name, string Chain, string Key)
{
    /// <summary>What tells whether a file is still the one that was read: another file in its place has other times, also where only a folder on the way to it was swapped.</summary>
    public FileStamps Stamps => new(FileStamp.Of(Chain), Key == Chain ? default : FileStamp.Of(Key));
}

/// <summary>Of both files.</summary>
internal readonly record struct FileStamps(FileStamp Chain, FileStamp Key);

/// <summary>When a file was made and last written, and its length; default for one that can't be opened.</summary>
internal readonly record struct FileStamp(DateTime Created, DateTime Written, long Length)
{
    public static FileStamp Of(string path)
    {
        try
        {
            // By handle, as the times of a path would be those of the link.
            using var file = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
            return new FileStamp(File.GetCreationTimeUtc(file), File.GetLastWriteTimeUtc(file), RandomAccess.GetLength(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Reading it says what is wrong.
            return default;
        }
    }
}
