using System.Text.RegularExpressions;
using MlatExchange.Domain;

namespace MlatExchange.Node.Http;

/// <summary>References to a legal rule, which stand in events for ever: a short name of a law and a number, so that no sentence fits in.</summary>
public static partial class Citations
{
    /// <summary>At most 64 characters, with a digit: letters, digits, spaces and <c>( ) . , / : - §</c>.</summary>
    public static bool Is(string text) => Form().IsMatch(text);

    public static MemberFault Fault(string pointer) => new(pointer, "wrong-form", "A rule of law with its number, such as XA Criminal Procedure Code 98; at most 64 letters, digits, spaces and ( ) . , / : - §.");

    [GeneratedRegex(@"^(?=.{1,64}\z)(?=.*[0-9])[\p{L}0-9§][\p{L}0-9 ().,/:§-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
