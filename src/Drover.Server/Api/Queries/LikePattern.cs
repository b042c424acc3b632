namespace Drover.Server.Api.Queries;

/// <summary>SQL's LIKE on one text: % is any run, _ any letter, \ takes the next letter as it is; letter case does not count.</summary>
public static class LikePattern
{
    /// <summary>True where the whole text matches. Takes time in text times pattern at worst.</summary>
    public static bool Matches(string text, string pattern)
    {
        int at = 0, p = 0, star = -1, mark = 0;
        while (at < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '%')
            {
                star = p++;
                mark = at;
            }
            else if (p < pattern.Length && MatchesOne(text[at], pattern, p, out var width))
            {
                at++;
                p += width;
            }
            else if (star >= 0)
            {
                p = star + 1;
                at = ++mark;
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && pattern[p] == '%') p++;
        return p == pattern.Length;
    }

    private static bool MatchesOne(char letter, string pattern, int at, out int width)
    {
        width = 1;
        if (pattern[at] == '_') return true;
        if (pattern[at] == '\\' && at + 1 < pattern.Length)
        {
            width = 2;
            at++;
        }

        return char.ToUpperInvariant(letter) == char.ToUpperInvariant(pattern[at]);
    }
}
