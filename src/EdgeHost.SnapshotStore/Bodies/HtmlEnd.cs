namespace EdgeHost.SnapshotStore.Bodies;

/// <summary>Finds the end tag of a whole HTML document. Edge and exporter go by the same: a page that one takes for whole is not cut for the other.</summary>
public static class HtmlEnd
{
    /// <summary>How much of a document's end is looked at, in bytes: platforms write comments and scripts behind the tag.</summary>
    public const int TailLength = 1024;

    /// <param name="tail">The document's last <see cref="TailLength"/> bytes, or all of a shorter one.</param>
    public static bool IsIn(ReadOnlySpan<byte> tail)
    {
        var text = tail;
        int at;
        while ((at = text.LastIndexOf("</"u8)) >= 0)
        {
            var name = text[(at + 2)..];
            if (name.Length >= 4 && System.Text.Ascii.EqualsIgnoreCase(name[..4], "html"u8))
            {
                return true;
            }

            text = text[..at];
        }

        return false;
    }
}
