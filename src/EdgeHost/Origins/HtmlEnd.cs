namespace EdgeHost.Origins;

/// <summary>Finds the end tag of a whole HTML document.</summary>
internal static class HtmlEnd
{
    /// <summary>How much of a document's end is looked at.</summary>
    public const int TailLength = 1024;

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
