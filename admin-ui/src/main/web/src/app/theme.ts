import { theme, type ThemeConfig } from 'antd';

const fontFamily =
  "Inter, 'Segoe UI', system-ui, -apple-system, 'Helvetica Neue', 'Noto Sans', 'Noto Sans SC', 'DejaVu Sans', sans-serif";

export function themeFor(dark: boolean): ThemeConfig {
  return {
    algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      colorPrimary: dark ? '#3d9be9' : '#0b6bcb',
      colorInfo: dark ? '#3d9be9' : '#0b6bcb',
      colorBgLayout: dark ? '#0d1117' : '#f3f5f8',
      ...(dark && { colorBgBase: '#12171f' }),
      borderRadius: 6,
      fontFamily,
      fontSize: 14,
    },
    components: {
      Layout: { headerBg: 'transparent', siderBg: dark ? '#10151d' : '#ffffff' },
      Menu: { itemBorderRadius: 6, activeBarBorderWidth: 0 },
      Table: { cellPaddingBlockMD: 10, cellPaddingInlineMD: 12 },
      Card: { headerHeight: 46 },
    },
  };
}
