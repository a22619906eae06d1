namespace EdgeHost.TestParts.Files;

/// <summary>A directory of one test's own, gone after it.</summary>
public sealed class Scratch : IDisposable
{
    private const int MostTries = 1000;

    public string Path { get; } = Directory.CreateTempSubdirectory("edgehost-test.").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose()
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                Directory.Delete(Path, recursive: true);
                return;
            }
            catch (DirectoryNotFoundException)
            {
                // The test has removed it itself.
                return;
            }
            catch (IOException) when (tries < MostTries)
            {
                // What was told to end writes its last file.
                Thread.Yield();
            }
        }
    }
}
