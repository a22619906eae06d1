namespace EdgeHost.Tls;

/// <summary>Where a certificate and its key lie.</summary>
/// <param name="Name">What people call it: its folder, or its file without the ending.</param>
/// <param name="Chain">The file with the certificate, and those of its issuers after it.</param>
/// <param name="Key">The file with the key; the same where that holds both.</param>
internal readonly record struct CertificateFiles(string Name, string Chain, string Key)
{
    /// <summary>What tells whether the files are still those that were read. Times don't: links and folders on the way to a file are swapped, and some tools give all files the same.</summary>
    public FilePrints Prints => new(FilePrint.Of(Chain), Key == Chain ? default : FilePrint.Of(Key));
}

/// <summary>Of both files.</summary>
internal readonly record struct FilePrints(FilePrint Chain, FilePrint Key);
