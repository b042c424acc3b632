namespace Drover.Model.Kernel;

/// <summary>An object that its owner may show to everybody; others read it and change nothing.</summary>
public interface IShared
{
    bool IsPublic { get; }
}
