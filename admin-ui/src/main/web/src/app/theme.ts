import { theme, type ThemeConfig } from 'antd';

const fontFamily =
  "Inter, 'Segoe UI', system-ui, -apple-system, 'Helvetica Neue', 'Noto Sans', 'Noto Sans SC', 'DejaVu Sans', sans-serif";

const darkColours = {
  colorBgContainer: '#161b22',
  colorBgElevated: '#1f252e',
  colorBorder: '#373e47',
  colorBorderSecondary: '#282e36',
};

// Dark enough to be read as small text on white.
const lightColours = {
  colorError: '#d92d20',
  colorErrorBg: '#fef3f2',
  colorErrorBorder: '#fecdca',
  colorWarning: '#b26b00',
  colorWarningBg: '#fffaeb',
  colorWarningBorder: '#fedf89',
  colorSuccess: '#15803d',
  colorSuccessBg: '#ecfdf3',
  colorSuccessBorder: '#abefc6',
  colorTextTertiary: 'rgba(0, 0, 0, 0.58)',
  colorTextDescription: 'rgba(0, 0, 0, 0.6)',
};

export function themeFor(dark: boolean): ThemeConfig {
  return {
    algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      colorPrimary: dark ? '#3d9be9' : '#0b6bcb',
      colorInfo: dark ? '#3d9be9' : '#0b6bcb',
      colorBgLayout: dark ? '#0d1117' : '#f3f5f8',
      ...(dark ? darkColours : lightColours),
      borderRadius: 6,
      fontFamily,
      fontSize: 14,
    },
    components: {
      Layout: { headerBg: 'transparent', siderBg: dark ? '#10151d' : '#ffffff' },
      Menu: { itemBorderRadius: 6, activeBarBorderWidth: 0 },
      Table: { headerSplitColor: 'transparent', cellPaddingBlockMD: 10, cellPaddingInlineMD: 12 },
      Card: { headerHeight: 46 },
    },
  };
}
