namespace EdgeHost.Demo.Platform.Casting;

/// <summary>A casting call as it was typed, not yet believed.</summary>
internal sealed record CastingForm(string Name, string Email, string Project, string Message)
{
    private const int LongestLine = 200;
    private const int LongestMessage = 4000;

    public static readonly CastingForm Empty = new("", "", "", "");

    public static CastingForm Read(IFormCollection form) =>
        new(Text(form, "name"), Text(form, "email"), Text(form, "project"), Text(form, "message"));

    /// <summary>What is wrong with it, in the words that the visitor reads. Empty if nothing is.</summary>
    public IReadOnlyList<string> Complaints()
    {
        var complaints = new List<string>();
        if (Name.Length is 0 or > LongestLine)
        {
            complaints.Add("Please tell us your name.");
        }

        if (Email.Length > LongestLine || Email.IndexOf('@', StringComparison.Ordinal) < 1)
        {
            complaints.Add("Please give an e-mail address that we can answer.");
        }

        if (Project.Length > LongestLine)
        {
            complaints.Add("Please give the project a shorter name.");
        }

        if (Message.Length is 0 or > LongestMessage)
        {
            complaints.Add($"Please tell us whom you are looking for, in at most {LongestMessage} characters.");
        }

        return complaints;
    }

    private static string Text(IFormCollection form, string field) => form[field].ToString().Trim();
}
