namespace Drover.Server.Settings;

/// <summary>Settings of the installation.</summary>
internal static class SettingsSlice
{
    public static void Register(ServerParts parts) => parts.Pieces.Add(new SettingRows());
}
